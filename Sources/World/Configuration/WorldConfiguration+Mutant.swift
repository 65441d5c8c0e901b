package import Chat

extension WorldConfiguration {
    /// Plants a bug in the components that have it; the others stay as they are.
    package mutating func plant(_ mutant: Mutant) {
        client.mutant = mutant
        chatServer.mutant = mutant
        cache?.configuration.mutant = mutant
        storage.mutant = mutant
    }
}
