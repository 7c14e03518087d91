namespace Connectors.Databricks.Emulator.Models;

/// <summary>The models that Unity Gateway serves, and <see cref="ModelTable"/> as pay-per-token endpoints does not.</summary>
internal static class GatewayModels
{
    /// <summary>
    /// Models of the gateway without a pay-per-token endpoint [docs:aws/en/ai-gateway/overview]. Unconfirmed: everything that is not
    /// documented for their families, the registered models, and the texts of rejections.
    /// </summary>
    public static IReadOnlyList<ModelCapabilities> All { get; } =
    [
        // Content is an array; output is capped at 25,000 tokens [issue duckdb-ai#85] [issue unity-gateway#420].
        OfEndpoint("databricks-gpt-oss-120b") with
        {
            Endpoint = "",
            Dialect = EmulatedDialect.Qwen,
            Upstream = "qwen35-122b-a10b",
            Entity = "system.ai.qwen35-122b-a10b",
            Registered = "system.ai.databricks-qwen35-122b",
            Service = "system.ai.qwen35-122b-a10b",
            DisplayName = "Qwen3.5 122B",
        },
        OfEndpoint("databricks-claude-opus-4-8") with
        {
            Endpoint = "",
            Upstream = "eu.anthropic.claude-opus-5",
            Entity = "system.ai.claude-opus-5",
            Registered = "system.ai.databricks-claude-opus-5",
            Service = "system.ai.claude-opus-5",
            DisplayName = "Claude Opus 5",
        },

        // Chat completions are refused [bridge].
        OfEndpoint("databricks-gpt-5-2") with
        {
            Endpoint = "",
            Upstream = "gpt-5.5-pro",
            Entity = "system.ai.gpt-5-5-pro",
            Registered = "system.ai.databricks-gpt-5-5-pro",
            Service = "system.ai.gpt-5-5-pro",
            DisplayName = "GPT-5.5 Pro",
            Efforts = ["medium", "high", "xhigh"],
            AcceptsChat = false,
        },

        // Chat completions with tools are refused (unnamed public notes).
        OfEndpoint("databricks-gpt-5-2") with
        {
            Endpoint = "",
            Upstream = "gpt-6-astra-2026-09-03",
            Entity = "system.ai.gpt-6-astra",
            Registered = "system.ai.databricks-gpt-6-astra",
            Service = "system.ai.gpt-6-astra",
            DisplayName = "GPT-6 Astra",
            Efforts = ["low", "medium", "high", "xhigh", "max"],
            AcceptsChatTools = false,
        },
    ];

    /// <summary>Every model that Databricks hosts.</summary>
    public static IEnumerable<ModelCapabilities> Hosted => ModelTable.All.Concat(All);

    private static ModelCapabilities OfEndpoint(string name) => ModelTable.All.Single(facts => facts.Endpoint == name);
}
