using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>A queued response.</summary>
internal abstract record QueuedResponse
{
    public ResponseModifiers Modifiers { get; init; } = new();

    /// <summary>Whether it is sent before the request is validated: failures occur in front of the model.</summary>
    public virtual bool PrecedesValidation => false;
}

/// <summary>An automatic response.</summary>
internal sealed record AutomaticResponse : QueuedResponse;

/// <summary>A scripted response in the format of the model family.</summary>
internal sealed record ScriptedAnswer(ChatAnswer Answer, EmulatedUsage? Usage) : QueuedResponse;

/// <summary>A fixed body.</summary>
internal sealed record FixedBody(BodyResponse Answer) : QueuedResponse;

/// <summary>An event stream of fixed bytes.</summary>
internal sealed record FixedStream(IReadOnlyList<byte[]> Writes) : QueuedResponse;

/// <summary>A failure whose body may depend on the time.</summary>
internal sealed record ScriptedFailure(Func<DateTimeOffset, BodyResponse> Answer) : QueuedResponse
{
    public override bool PrecedesValidation => true;
}

/// <summary>A guardrail that blocks a valid request.</summary>
internal sealed record GuardrailBlock(Func<ChatRequest, JsonObject> Body) : QueuedResponse;

/// <summary>A service policy that denies a request, or the response to it.</summary>
internal sealed record PolicyDenial(string Policy, bool IsOnOutput, string Reason, ServicePolicyDenialStyle Style, string? TextBefore)
    : QueuedResponse;

/// <summary>A tool whose connection needs a login of the user.</summary>
internal sealed record ToolLogin(string Connection, string Url) : QueuedResponse;

/// <summary>A connection dropped before the response.</summary>
internal sealed record ScriptedDrop : QueuedResponse
{
    public override bool PrecedesValidation => true;
}
