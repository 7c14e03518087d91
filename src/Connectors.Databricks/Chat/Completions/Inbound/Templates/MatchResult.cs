namespace Connectors.Databricks.Chat.Completions.Inbound.Templates;

/// <summary>The result of matching a chunk against a template.</summary>
internal enum MatchResult
{
    /// <summary>The chunk does not match.</summary>
    NoMatch,

    /// <summary>The chunk matches, but its text needs the JSON parser, for example because it contains an escape.</summary>
    NeedsParser,

    /// <summary>The chunk matches, and its values were read.</summary>
    Matched,
}
