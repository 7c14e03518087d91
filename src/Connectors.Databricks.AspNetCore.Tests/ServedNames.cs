namespace Connectors.Databricks.AspNetCore.Tests;

/// <summary>A model of each kind that the emulator serves, each kind of agent, and a model service.</summary>
public static class ServedNames
{
    public static TheoryData<string> All { get; } =
    [
        "databricks-meta-llama-3-3-70b-instruct", "databricks-claude-sonnet-4-5", "databricks-gpt-5-2", "databricks-gpt-oss-120b",
        "databricks-gemini-3-1-pro", "databricks-kimi-k3", "databricks-inkling",
        "support-agent", "research-agent", "task-agent",
        "system.ai.claude-sonnet-4-5",
    ];
}
