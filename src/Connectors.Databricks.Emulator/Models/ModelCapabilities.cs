namespace Connectors.Databricks.Emulator.Models;

/// <summary>The capabilities and names of a chat model. The rows are in <see cref="ModelTable"/>.</summary>
internal sealed record ModelCapabilities
{
    public required string Endpoint { get; init; }

    public required EmulatedDialect Dialect { get; init; }

    /// <summary>The value of <c>model</c> in responses: the upstream name, not the endpoint's.</summary>
    public required string Upstream { get; init; }

    /// <summary>The name of the model in Unity Catalog.</summary>
    public required string Entity { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>The name of its model service; null when Unity Gateway does not serve it.</summary>
    public string? Service { get; init; }

    /// <summary>The registered model that <c>pay_per_token_config</c> of the service names after <c>models/</c>.</summary>
    public string? Registered { get; init; }

    /// <summary>The supported top-level fields; others are rejected with 400.</summary>
    public required string[] Accepts { get; init; }

    /// <summary>Known fields that are rejected with a specific message.</summary>
    public string[] Refuses { get; init; } = [];

    /// <summary>Supported fields without evidence that they are accepted: a strict emulator rejects them.</summary>
    public string[] Unproven { get; init; } = [];

    /// <summary>The most output tokens of a request; null when no limit is known.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether <see cref="MaxOutputTokens"/> was seen on the gateway alone.</summary>
    public bool IsCappedOnGatewayOnly { get; init; }

    public ThinkingStyle Thinking { get; init; }

    /// <summary>The allowed values of <c>reasoning_effort</c> or <c>output_config.effort</c>.</summary>
    public string[] Efforts { get; init; } = [];

    /// <summary>The largest allowed <c>n</c>. Unconfirmed: five is documented in the SDK for external models (§3.2).</summary>
    public int MaxChoices { get; init; } = 5;

    /// <summary>The same with evidence: more than one is documented for external models, which have no entity of their own.</summary>
    public int MaxProvenChoices => Entity.Length > 0 ? 1 : MaxChoices;

    public bool ParallelCalls { get; init; } = true;

    public int? DefaultMaxTokens { get; init; }

    public required string[] Roles { get; init; }

    /// <summary>Allowed content part types in requests.</summary>
    public required string[] Parts { get; init; }

    /// <summary>Whether any text of a message may be empty.</summary>
    public bool AcceptsEmptyText { get; init; } = true;

    public bool AcceptsRemoteImages { get; init; } = true;

    public bool AcceptsJsonObject { get; init; } = true;

    public bool RequiresSchemaName { get; init; }

    /// <summary>Whether the model supports chat completions; otherwise it supports the Responses API only.</summary>
    public bool AcceptsChat { get; init; } = true;

    /// <summary>Whether chat completions may have tools.</summary>
    public bool AcceptsChatTools { get; init; } = true;

    /// <summary>The values of <c>api_types</c> and <c>supported_api_types</c> [goose]. Unconfirmed: which model has which.</summary>
    public string[] ApiTypes =>
    [
        .. AcceptsChat ? ["mlflow/v1/chat/completions"] : Array.Empty<string>(),
        "mlflow/v1/responses",
        .. Dialect switch
        {
            EmulatedDialect.OpenAI => ["openai/v1/responses"],
            EmulatedDialect.Claude => ["anthropic/v1/messages"],
            _ => Array.Empty<string>(),
        },
    ];
}
