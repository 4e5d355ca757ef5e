// TODO: weigh this; bad
// FIXME (later) is bad
