using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>One queued answer.</summary>
internal abstract record QueuedResponse
{
    public ResponseModifiers Modifiers { get; init; } = new();

    /// <summary>Failures come from in front of the model, so they do not wait for a request the model would accept.</summary>
    public virtual bool PrecedesValidation => false;
}

/// <summary>The endpoint answers by itself.</summary>
internal sealed record AutomaticResponse : QueuedResponse;

/// <summary>The dialect writes a given answer.</summary>
internal sealed record ScriptedAnswer(ChatAnswer Answer, EmulatedUsage? Usage) : QueuedResponse;

/// <summary>A given body goes out as it is.</summary>
internal sealed record FixedBody(BodyResponse Answer) : QueuedResponse;

/// <summary>Given bytes go out as an event stream.</summary>
internal sealed record FixedStream(IReadOnlyList<byte[]> Writes) : QueuedResponse;

/// <summary>A failing status with a body that may depend on the moment.</summary>
internal sealed record ScriptedFailure(Func<DateTimeOffset, BodyResponse> Answer) : QueuedResponse
{
    public override bool PrecedesValidation => true;
}

/// <summary>A guardrail stops a request that the model would have accepted.</summary>
internal sealed record GuardrailBlock(Func<ChatRequest, JsonObject> Body) : QueuedResponse;

/// <summary>The connection is dropped before an answer.</summary>
internal sealed record ScriptedDrop : QueuedResponse
{
    public override bool PrecedesValidation => true;
}
