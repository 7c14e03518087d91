namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>An implementation of a chat call with one response body.</summary>
internal interface IChatContender
{
    string Name { get; }

    Task<ChatOutcome> CallAsync();
}

/// <summary>What came back, for the check that all contenders did the same work.</summary>
internal readonly record struct ChatOutcome(string Text, string Model, string FinishReason, long? InputTokens, long? OutputTokens);
