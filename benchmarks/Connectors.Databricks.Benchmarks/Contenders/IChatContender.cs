namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>One way to make a chat call that is answered by one body.</summary>
internal interface IChatContender
{
    string Name { get; }

    Task<ChatOutcome> CallAsync();
}

/// <summary>What came back, for the check that all contenders did the same work.</summary>
internal readonly record struct ChatOutcome(string Text, string Model, string FinishReason, long? InputTokens, long? OutputTokens);
