namespace Agents;

/// <summary>The endpoints of the steps: three chat families with different dialects, embeddings, and a classic model.</summary>
internal static class Endpoints
{
    // Names of model services; where the workspace has no Unity Gateway, the connector maps them to endpoints such as
    // databricks-claude-sonnet-4-5.
    public const string Claude = "system.ai.claude-sonnet-4-5";

    public const string GptOss = "system.ai.gpt-oss-120b";

    public const string Llama = "system.ai.meta-llama-3-3-70b-instruct";

    /// <summary>Every workspace with pay-per-token models has it.</summary>
    public const string Embeddings = "system.ai.gte-large-en";

    /// <summary>An endpoint of the emulator: classic models of a workspace have other names and columns.</summary>
    public const string Churn = "churn-v1";
}
