#pragma once
#include <gmime/gmime.h>

/* What Swift cannot import of GMime: cast macros, typed unref, variadic set-up. */

static inline int sg_is_multipart(GMimeObject *o) { return o && GMIME_IS_MULTIPART(o); }
static inline int sg_is_part(GMimeObject *o) { return o && GMIME_IS_PART(o); }
static inline int sg_is_message_part(GMimeObject *o) { return o && GMIME_IS_MESSAGE_PART(o); }
static inline GMimeMultipart *sg_multipart(GMimeObject *o) { return (GMimeMultipart *)o; }
static inline GMimePart *sg_part(GMimeObject *o) { return (GMimePart *)o; }
static inline GMimeMessagePart *sg_message_part(GMimeObject *o) { return (GMimeMessagePart *)o; }
static inline GMimeObject *sg_object(GMimeMessage *m) { return (GMimeObject *)m; }
static inline int sg_is_group(InternetAddress *a) { return a && INTERNET_ADDRESS_IS_GROUP(a); }
static inline InternetAddressGroup *sg_group(InternetAddress *a) { return (InternetAddressGroup *)a; }
static inline int sg_is_mailbox(InternetAddress *a) { return a && INTERNET_ADDRESS_IS_MAILBOX(a); }
static inline InternetAddressMailbox *sg_mailbox(InternetAddress *a) { return (InternetAddressMailbox *)a; }
static inline void sg_unref(void *o) { if (o) g_object_unref(o); }

/* Loose reading, 8-bit headers as UTF-8 or else Windows-1252. */
static inline GMimeParserOptions *sg_options(void) {
  static const char *charsets[] = {"utf-8", "windows-1252", "iso-8859-1", NULL};
  GMimeParserOptions *o = g_mime_parser_options_new();
  g_mime_parser_options_set_fallback_charsets(o, charsets);
  g_mime_parser_options_set_allow_addresses_without_domain(o, TRUE);
  return o;
}

/* Owned message or NULL. */
static inline GMimeMessage *sg_parse(const char *b, size_t n, GMimeParserOptions *opt) {
  GMimeStream *s = g_mime_stream_mem_new_with_buffer(b, n);
  GMimeParser *p = g_mime_parser_new_with_stream(s);
  GMimeMessage *m = g_mime_parser_construct_message(p, opt);
  g_object_unref(p);
  g_object_unref(s);
  return m;
}

/* Decoded content of a leaf, or the written form of anything else; owned byte array, never NULL. */
static inline GByteArray *sg_bytes(GMimeObject *o) {
  GByteArray *array = g_byte_array_new();
  GMimeStream *s = g_mime_stream_mem_new_with_byte_array(array);
  g_mime_stream_mem_set_owner((GMimeStreamMem *)s, FALSE);
  if (GMIME_IS_PART(o)) {
    GMimeDataWrapper *w = g_mime_part_get_content((GMimePart *)o);
    if (w) g_mime_data_wrapper_write_to_stream(w, s);
  } else {
    g_mime_object_write_to_stream(o, NULL, s);
  }
  g_mime_stream_flush(s);
  g_object_unref(s);
  return array;
}

/* Where the content of a leaf lies, as sent and not decoded, in the buffer given to sg_parse; 0 when it has none.
   An end of -1 is the buffer's end. */
static inline int sg_range(GMimeObject *o, gint64 *start, gint64 *end) {
  GMimeDataWrapper *w = o && GMIME_IS_PART(o) ? g_mime_part_get_content((GMimePart *)o) : NULL;
  GMimeStream *s = w ? g_mime_data_wrapper_get_stream(w) : NULL;
  if (!s) return 0;
  *start = s->bound_start;
  *end = s->bound_end;
  return 1;
}
