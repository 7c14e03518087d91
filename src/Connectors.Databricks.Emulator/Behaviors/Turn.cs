using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>One queued answer.</summary>
internal abstract record Turn
{
    public ResponseModifiers Modifiers { get; init; } = new();

    /// <summary>Failures come from in front of the model, so they do not wait for a request the model would accept.</summary>
    public virtual bool ComesBeforeValidation => false;
}

/// <summary>The endpoint answers by itself.</summary>
internal sealed record AutomaticTurn : Turn;

/// <summary>The dialect writes a given answer.</summary>
internal sealed record AnswerTurn(ChatAnswer Answer, EmulatedUsage? Usage) : Turn;

/// <summary>A given body goes out as it is.</summary>
internal sealed record BodyTurn(BodyAnswer Answer) : Turn;

/// <summary>Given bytes go out as an event stream.</summary>
internal sealed record BytesTurn(IReadOnlyList<byte[]> Writes) : Turn;

/// <summary>A failing status with a body that may depend on the moment.</summary>
internal sealed record FailureTurn(Func<DateTimeOffset, BodyAnswer> Answer) : Turn
{
    public override bool ComesBeforeValidation => true;
}

/// <summary>A guardrail stops a request that the model would have accepted.</summary>
internal sealed record GuardrailTurn(Func<ChatRequest, JsonObject> Body) : Turn;

/// <summary>The connection is dropped before an answer.</summary>
internal sealed record DroppedTurn : Turn
{
    public override bool ComesBeforeValidation => true;
}
