namespace Connectors.Databricks.Emulator.Models;

/// <summary>
/// The model that responds for an external model (§9.11). The provider is not called. Unconfirmed: what the
/// service rejects on such endpoints; the rules of the family apply.
/// </summary>
internal static class ExternalModels
{
    public static readonly string[] Tasks = ["llm/v1/chat", "llm/v1/completions", "llm/v1/embeddings"];

    // GPT-4o and similar models support no reasoning effort and accept all sampling parameters.
    private static readonly string[] OfReasoningAlone = ["reasoning_effort", "verbosity"];

    public static ServedModel For(string provider, string name, string task) => task switch
    {
        "llm/v1/embeddings" => ServedModel.ForEmbeddings(new EmbeddingCapabilities
        {
            Endpoint = "",
            Upstream = name,
            Entity = "",
            DisplayName = name,
            Dimensions = 1536,
            MaxTokens = 8192,
            AcceptsDimensions = provider == "openai",
        }),
        "llm/v1/completions" => ServedModel.ForCompletions(name),
        _ => ServedModel.ForChat(Facts(provider, name) with { Endpoint = "", Upstream = name, Entity = "", DisplayName = name }),
    };

    private static ModelCapabilities Facts(string provider, string name)
    {
        bool Has(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
        return provider switch
        {
            "anthropic" => ModelTable.For(EmulatedDialect.Claude),
            "amazon-bedrock" or "google-cloud-vertex-ai" when Has("claude") => ModelTable.For(EmulatedDialect.Claude),
            "google-cloud-vertex-ai" or "palm" => ModelTable.For(EmulatedDialect.Gemini),
            "openai" when Has("gpt-5") => ModelTable.For(EmulatedDialect.OpenAI),
            "openai" => Plain(ModelTable.For(EmulatedDialect.OpenAI)),
            _ => ModelTable.For(EmulatedDialect.Llama),
        };
    }

    private static ModelCapabilities Plain(ModelCapabilities facts) => facts with
    {
        Accepts = [.. facts.Accepts.Except(OfReasoningAlone)],
        Refuses = [],
        Thinking = ThinkingStyle.None,
        Efforts = [],
    };
}
