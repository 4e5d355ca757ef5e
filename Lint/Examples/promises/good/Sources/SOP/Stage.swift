// TODO (#12): weigh the budget of a referred ticket
let mastodon = "todo"
