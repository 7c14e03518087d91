using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Strategies;

/// <summary>What a strategy says to the settings: a source of tokens, or why not.</summary>
internal readonly record struct StrategyOffer
{
    public TokenSource? Source { get; private init; }

    /// <summary>Why it does not apply; null when it does.</summary>
    public string? Reason { get; private init; }

    public static StrategyOffer Of(TokenSource source) => new() { Source = source };

    public static StrategyOffer Decline(string reason) => new() { Reason = reason };
}
