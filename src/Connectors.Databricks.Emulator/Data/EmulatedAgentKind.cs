namespace Connectors.Databricks.Emulator;

/// <summary>The two agent surfaces the emulator serves.</summary>
public enum EmulatedAgentKind
{
    /// <summary>Task <c>agent/v2/chat</c>: MLflow's ChatAgent, which answers with <c>messages</c>.</summary>
    ChatAgent,

    /// <summary>Task <c>agent/v1/chat</c>: MLflow's ChatModel, which answers with a chat completion.</summary>
    ChatModel,
}
