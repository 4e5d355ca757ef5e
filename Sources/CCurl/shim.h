#pragma once
// libcurl for Swift. `curl_easy_setopt` and `curl_easy_getinfo` are variadic, which Swift does not import: here is one
// typed function for each kind of argument. Every function returns libcurl's own code.
#include <curl/curl.h>

typedef size_t (*sg_curl_bytes)(char *bytes, size_t size, size_t count, void *box);
typedef int (*sg_curl_progress)(void *box, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

static inline CURLcode sg_curl_set_string(CURL *h, CURLoption o, const char *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode sg_curl_set_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode sg_curl_set_offset(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode sg_curl_set_pointer(CURL *h, CURLoption o, void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode sg_curl_set_list(CURL *h, CURLoption o, struct curl_slist *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode sg_curl_set_bytes(CURL *h, CURLoption o, sg_curl_bytes f) { return curl_easy_setopt(h, o, f); }
static inline CURLcode sg_curl_set_progress(CURL *h, sg_curl_progress f) {
  return curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, f);
}
static inline CURLcode sg_curl_get_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode sg_curl_get_socket(CURL *h, curl_socket_t *v) {
  return curl_easy_getinfo(h, CURLINFO_ACTIVESOCKET, v);
}

// Macros with a cast inside are not imported by Swift.
static inline CURLcode sg_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
static const long sg_curl_ssl_all = (long)CURLUSESSL_ALL;
static const long sg_curl_ssl_none = (long)CURLUSESSL_NONE;
static const long sg_curl_tls_1_2 = (long)CURL_SSLVERSION_TLSv1_2;
