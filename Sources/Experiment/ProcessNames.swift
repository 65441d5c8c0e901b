internal import World

/// What processes are called.
enum ProcessNames {
    /// The tier of a server; nothing for devices.
    static func tier(of role: ProcessTable.Role) -> String? {
        switch role {
        case .loadBalancer: "load_balancer"
        case .chatServer: "chat_server"
        case .storageServer: "storage"
        case .coordinator: "coordinator"
        case .dataNode: "data_node"
        case .cacheServer: "cache"
        case .objectStore: "object_store"
        case .device, .block: nil
        }
    }

    /// The name of a process, as scenario files have it.
    static func name(of role: ProcessTable.Role, names: ScenarioNames) -> String {
        switch role {
        case .loadBalancer(let number): "load_balancer.\(number + 1)"
        case .chatServer(let number): "chat_server.\(number + 1)"
        case .storageServer(let number): "storage.\(number + 1)"
        case .coordinator: "coordinator.1"
        case .dataNode(let number): "data_node.\(number + 1)"
        case .cacheServer(let number): "cache.\(number + 1)"
        case .objectStore(let number): "object_store.\(number + 1)"
        case .device(let device): names.name(of: device)
        case .block(let population, let number): "population \(population + 1), block \(number + 1)"
        }
    }
}
