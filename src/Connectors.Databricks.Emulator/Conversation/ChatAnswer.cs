using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>One choice of a response, independent of the model family.</summary>
internal sealed record ChatAnswer
{
    public string? Text { get; init; }

    public string? Reasoning { get; init; }

    /// <summary>The signature of the reasoning; the dialect that signs makes one when none is given.</summary>
    public string? Signature { get; init; }

    public string? EncryptedReasoning { get; init; }

    public string? Refusal { get; init; }

    public IReadOnlyList<ToolCall> Calls { get; init; } = [];

    /// <summary>Tools that an agent ran itself; only the Responses API shows them.</summary>
    public IReadOnlyList<ToolRun> Runs { get; init; } = [];

    /// <summary>Tools that an agent requests approval for; only the Responses API shows them.</summary>
    public IReadOnlyList<ApprovalRequest> Approvals { get; init; } = [];

    public string? FinishReason { get; init; }

    public string FinishReasonOrInferred => FinishReason ?? (Calls.Count > 0 ? "tool_calls" : "stop");

    /// <summary>Reasoning that is counted and not shown.</summary>
    public int HiddenReasoningTokens { get; init; }

    public int ReasoningTokens => HiddenReasoningTokens + (Reasoning is null ? 0 : Tokenizer.Count(Reasoning));

    public int CompletionTokens => ReasoningTokens
        + (Text is null ? 0 : Tokenizer.Count(Text))
        + (Refusal is null ? 0 : Tokenizer.Count(Refusal))
        + Calls.Sum(call => Tokenizer.Count(call.Name) + Tokenizer.Count(call.Arguments));
}
