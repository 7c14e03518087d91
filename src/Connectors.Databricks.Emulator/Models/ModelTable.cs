namespace Connectors.Databricks.Emulator.Models;

/// <summary>
/// The capability facts of the emulated models, as measured in August 2026. Written from docs/serving-reference.md alone and shared
/// with no client: a mistake in a client's table must show here as a 400.
/// Unconfirmed: every <see cref="ModelCapabilities.Upstream"/> name but those of Llama 3.3 and Claude Sonnet 4.5, and above all their
/// dates. The names of model services and of the registered models behind them follow public captures where there are any; those of Claude
/// Opus 4.8, Gemini and BGE are made up, so that no rule over the text of one name yields another: only the service's own data does.
/// </summary>
internal static class ModelTable
{
    private static readonly string[] Common =
    [
        "model", "messages", "max_tokens", "max_completion_tokens", "temperature", "top_p", "n", "stop", "stream", "stream_options",
        "tools", "tool_choice", "response_format", "service_tier", "client_request_id", "usage_context", "extra_params",
    ];

    // Measured: native models and Gemini refuse none of these [kasal].
    private static readonly string[] Penalties = ["presence_penalty", "frequency_penalty"];

    private static readonly string[] Native = [.. Common, .. Penalties, "top_k", "logprobs", "top_logprobs"];

    // There is no evidence that hosts other than OpenAI's accept these; gpt-oss rejects the first (unnamed public captures).
    private static readonly string[] UnprovenCommon = ["max_completion_tokens", "service_tier", "extra_params"];

    private static readonly string[] FourRoles = ["system", "user", "assistant", "tool"];

    // Native models decode fields strictly [issue databricks-sdk-py#1263]; the Llama family refuses no sampling field [kasal].
    private static readonly ModelCapabilities Llama = new()
    {
        Endpoint = "databricks-meta-llama-3-3-70b-instruct",
        Dialect = EmulatedDialect.Llama,
        Upstream = "meta-llama-3.3-70b-instruct-121024",
        Entity = "system.ai.llama_v3_3_70b_instruct",
        DisplayName = "Meta Llama 3.3 70B Instruct",
        Service = "system.ai.meta-llama-3-3-70b-instruct",
        Registered = "system.ai.llama_v3_3_70b_instruct",
        Accepts = Native,
        Unproven = UnprovenCommon,
        Roles = FourRoles,
        Parts = ["text", "image_url"],
    };

    // [kasal] for the refusals, [issue databricks-ai-bridge#333] for empty text, [issue bifrost#6958] for remote images,
    // [bridge] for json_object, [okf:foundation-model-apis-limits-and-quotas] for the 1,000-token default of Sonnet 4.
    // Unconfirmed: that default on the later models of this table; "n" as an unknown field.
    private static readonly ModelCapabilities Claude = new()
    {
        Endpoint = "databricks-claude-sonnet-4-5",
        Dialect = EmulatedDialect.Claude,
        Upstream = "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        Entity = "system.ai.claude-sonnet-4-5",
        DisplayName = "Claude Sonnet 4.5",
        Service = "system.ai.claude-sonnet-4-5",
        Registered = "system.ai.databricks-claude-sonnet-4-5",
        Accepts = [.. Common, "top_k", "thinking"],
        Unproven = UnprovenCommon,
        Thinking = ThinkingStyle.Budget,
        MaxChoices = 1,
        DefaultMaxTokens = 1000,
        Roles = FourRoles,
        Parts = ["text", "image_url", "image", "file", "document", "reasoning"],
        AcceptsEmptyText = false,
        AcceptsRemoteImages = false,
        AcceptsJsonObject = false,
    };

    // [kasal]; OpenAI models know parallel_tool_calls [bifrost]. Unconfirmed: the developer role, and verbosity, seed, user,
    // logit_bias and metadata, which OpenAI's own host takes.
    private static readonly ModelCapabilities Gpt5 = new()
    {
        Endpoint = "databricks-gpt-5-2",
        Dialect = EmulatedDialect.OpenAI,
        Upstream = "gpt-5.2-2025-12-11",
        Entity = "system.ai.gpt-5-2",
        DisplayName = "GPT-5.2",
        Service = "system.ai.gpt-5-2",
        Registered = "system.ai.databricks-gpt-5-2",
        Accepts =
        [
            .. Common, .. Penalties, "logprobs", "top_logprobs", "parallel_tool_calls", "reasoning_effort", "verbosity",
            "seed", "user", "logit_bias", "metadata",
        ],
        Refuses = ["temperature", "top_p", "presence_penalty", "frequency_penalty", "stop"],
        Unproven = ["service_tier", "extra_params", "verbosity", "seed", "user", "logit_bias", "metadata"],
        Thinking = ThinkingStyle.HiddenEffort,
        Efforts = ["none", "low", "medium", "high", "xhigh"],
        Roles = [.. FourRoles, "developer"],
        Parts = ["text", "image_url", "file", "refusal"],
        RequiresSchemaName = true,
    };

    // Probed on 2026-09-23 by others (unnamed public captures): what it rejects, its efforts, and the cap of its output.
    private static readonly ModelCapabilities GptOss = new()
    {
        Endpoint = "databricks-gpt-oss-120b",
        Dialect = EmulatedDialect.GptOss,
        Upstream = "gpt-oss-120b-080525",
        Entity = "system.ai.gpt-oss-120b",
        DisplayName = "GPT OSS 120B",
        Service = "system.ai.gpt-oss-120b",
        Registered = "system.ai.gpt_oss_120b",
        Accepts = [.. Native.Except(["max_completion_tokens"]), "reasoning_effort"],
        Refuses = ["stop"],
        Unproven = ["service_tier", "extra_params", "logprobs", "top_logprobs"],
        MaxOutputTokens = 25_000,
        Thinking = ThinkingStyle.Always,
        Efforts = ["low", "medium", "high"],
        ParallelCalls = false,
        Roles = FourRoles,
        Parts = ["text", "reasoning"],
    };

    // stream_options is absent on purpose [issue unity-gateway#491].
    private static readonly ModelCapabilities Gemini = new()
    {
        Endpoint = "databricks-gemini-3-1-pro",
        Dialect = EmulatedDialect.Gemini,
        Upstream = "gemini-3.1-pro-preview",
        Entity = "system.ai.gemini-3-1-pro",
        DisplayName = "Gemini 3.1 Pro",
        Service = "system.ai.gemini-pro",
        Registered = "system.ai.gemini-3-1-pro",
        Accepts = [.. Common.Except(["stream_options"]), .. Penalties, "top_k", "reasoning_effort"],
        Unproven = UnprovenCommon,
        Thinking = ThinkingStyle.VisibleEffort,
        Efforts = ["minimal", "low", "medium", "high"],
        Roles = FourRoles,
        Parts = ["text", "image_url", "file", "video_url", "audio_url", "reasoning"],
    };

    // (unnamed public capture) for the efforts. Unconfirmed: images.
    private static readonly ModelCapabilities Kimi = new()
    {
        Endpoint = "databricks-kimi-k3",
        Dialect = EmulatedDialect.Kimi,
        Upstream = "kimi-k3-instruct-0826",
        Entity = "system.ai.kimi-k3",
        DisplayName = "Kimi K3",
        Service = "system.ai.kimi-k3",
        Registered = "system.ai.databricks-kimi-k3",
        Accepts = [.. Native, "reasoning_effort"],
        Unproven = [.. UnprovenCommon, "logprobs", "top_logprobs"],
        Thinking = ThinkingStyle.VisibleEffort,
        Efforts = ["none", "low", "high", "max"],
        Roles = FourRoles,
        Parts = ["text", "image_url"],
    };

    private static readonly ModelCapabilities Inkling = new()
    {
        Endpoint = "databricks-inkling",
        Dialect = EmulatedDialect.Inkling,
        Upstream = "inkling-1-0926",
        Entity = "system.ai.inkling",
        DisplayName = "Inkling",
        Service = "system.ai.inkling",
        Registered = "system.ai.databricks-inkling-1",
        Accepts = Native,
        Unproven = [.. UnprovenCommon, "logprobs", "top_logprobs"],
        Thinking = ThinkingStyle.Always,
        Roles = FourRoles,
        Parts = ["text"],
    };

    public static IReadOnlyList<ModelCapabilities> All { get; } =
    [
        Llama,
        Llama with
        {
            Endpoint = "databricks-llama-4-maverick",
            Upstream = "meta-llama-4-maverick-040225",
            Entity = "system.ai.llama-4-maverick",
            DisplayName = "Llama 4 Maverick",
            Service = "system.ai.llama-4-maverick",
            Registered = "system.ai.llama-4-maverick-17b-128e",

            // [issue unity-gateway#420]
            MaxOutputTokens = 8192,
            IsCappedOnGatewayOnly = true,
        },
        Claude,
        Claude with
        {
            // Adaptive Claude refuses temperature, top_p [kasal] and top_k [bifrost] with a wording of its own [issue duckdb-ai#85].
            Endpoint = "databricks-claude-opus-4-8",
            Upstream = "us.anthropic.claude-opus-4-8",
            Entity = "system.ai.claude-opus-4-8",
            DisplayName = "Claude Opus 4.8",
            Service = "system.ai.opus-4-8",
            Registered = "system.ai.claude-opus-4-8",
            Accepts = [.. Claude.Accepts, "output_config"],
            Refuses = ["temperature", "top_p", "top_k"],
            Thinking = ThinkingStyle.Adaptive,
            Efforts = ["low", "medium", "high", "xhigh", "max"],
        },
        Gpt5,
        GptOss,
        Gemini,
        Kimi,
        Inkling,
    ];

    /// <summary>What an agent's own chat interface takes: MLflow's ChatParams and the agent members (§3.2, §8.2).</summary>
    public static ModelCapabilities Agent { get; } = Llama with
    {
        Endpoint = "",
        Upstream = "agent",
        Entity = "",
        DisplayName = "Agent",
        Service = null,
        Registered = null,
        Accepts = [.. Native, "custom_inputs", "context", "databricks_options", "metadata"],
    };

    /// <summary>The model of completion endpoints.</summary>
    public static ModelCapabilities Completion { get; } = Agent with { DisplayName = "text model" };

    /// <summary>The first row of a family: the one a made-up endpoint of that family behaves like.</summary>
    public static ModelCapabilities For(EmulatedDialect dialect) => GatewayModels.Hosted.First(facts => facts.Dialect == dialect);
}
