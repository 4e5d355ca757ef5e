func nonce() async -> UUID { UUID() }
