internal import Chat
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

    /// Where a process stands in a picture: the first user's devices to the left of the servers, everyone else's to the right, so that messages
    /// cross the picture.
    static func side(of role: ProcessTable.Role) -> Int {
        switch role {
        case .device(let device) where device.user.rawValue == 0: 0
        case .loadBalancer, .chatServer, .storageServer, .coordinator, .dataNode, .cacheServer, .objectStore: 1
        case .device, .block: 2
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
