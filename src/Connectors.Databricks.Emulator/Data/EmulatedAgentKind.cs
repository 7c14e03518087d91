namespace Connectors.Databricks.Emulator;

/// <summary>The agent interfaces that the emulator serves.</summary>
public enum EmulatedAgentKind
{
    /// <summary>Task <c>agent/v2/chat</c>: MLflow's ChatAgent, which returns <c>messages</c>.</summary>
    ChatAgent,

    /// <summary>Task <c>agent/v1/chat</c>: MLflow's ChatModel, which returns a chat completion.</summary>
    ChatModel,

    /// <summary>Task <c>agent/v1/responses</c>: MLflow's ResponsesAgent, which returns <c>output</c> items.</summary>
    ResponsesAgent,
}
