namespace Agents;

/// <summary>The endpoints that the steps talk to: three chat families with three ways of speaking, vectors, and a classic model.</summary>
internal static class Endpoints
{
    public const string Claude = "databricks-claude-sonnet-4-5";

    public const string GptOss = "databricks-gpt-oss-120b";

    public const string Llama = "databricks-meta-llama-3-3-70b-instruct";

    /// <summary>Every workspace with pay-per-token models has it.</summary>
    public const string Embeddings = "databricks-gte-large-en";

    /// <summary>The emulator's own: on a workspace a classic model has whatever name and columns it was given.</summary>
    public const string Churn = "churn-v1";
}
