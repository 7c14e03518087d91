using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Connectors.Databricks.AspNetCore.Chat;

// The documents of the chat route, in document order, as OpenAPI describes them.

/// <summary>The body of a request.</summary>
internal sealed record ChatRequestSchema
{
    [Description("The endpoint or model service; optional if the app allows one.")]
    public string? Endpoint { get; init; }

    [Required]
    public IReadOnlyList<ChatMessageSchema> Messages { get; init; } = [];

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? MaxOutputTokens { get; init; }

    [Description("none, minimal, low, medium, high or xhigh.")]
    public string? ReasoningEffort { get; init; }
}

/// <summary>A message of the conversation.</summary>
internal sealed record ChatMessageSchema
{
    [Required]
    [Description("user, assistant or tool; system if the app allows it.")]
    public string Role { get; init; } = string.Empty;

    [Required]
    [Description("A text, or a list of contents.")]
    public object Content { get; init; } = string.Empty;
}

/// <summary>A response as one document.</summary>
internal sealed record ChatResponseSchema
{
    public string? Id { get; init; }

    public string? Endpoint { get; init; }

    public string Text { get; init; } = string.Empty;

    public IReadOnlyList<ChatContentSchema> Contents { get; init; } = [];

    public string FinishReason { get; init; } = string.Empty;

    public ChatUsageSchema? Usage { get; init; }

    public ChatDenialSchema? Denial { get; init; }
}

/// <summary>A content; which members it has depends on its type.</summary>
internal sealed record ChatContentSchema
{
    [Description("text, reasoning, toolCall, toolResult, media or refusal.")]
    public string Type { get; init; } = string.Empty;

    public string? Text { get; init; }

    public string? MessageId { get; init; }

    public string? ProtectedData { get; init; }

    public string? CallId { get; init; }

    public string? Name { get; init; }

    [Description("JSON text.")]
    public string? Arguments { get; init; }

    public bool? IsInformational { get; init; }

    public bool? IsError { get; init; }

    public string? Message { get; init; }

    public string? MediaType { get; init; }

    public string? Url { get; init; }
}

/// <summary>Counts of tokens; those that the endpoint does not report are left out.</summary>
internal sealed record ChatUsageSchema
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? TotalTokens { get; init; }

    public long? CachedInputTokens { get; init; }

    public long? ReasoningTokens { get; init; }
}

/// <summary>A denial by a service policy.</summary>
internal sealed record ChatDenialSchema
{
    public string? PolicyName { get; init; }

    public string? Phase { get; init; }
}
