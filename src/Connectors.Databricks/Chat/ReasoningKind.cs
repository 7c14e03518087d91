namespace Connectors.Databricks.Chat;

/// <summary>The formats in which endpoints return reasoning (serving reference §4.3).</summary>
internal enum ReasoningKind
{
    /// <summary>A <c>summary_text</c> in a content array, unsigned.</summary>
    Summary,

    /// <summary>A <c>summary_text</c> with a signature.</summary>
    Signed,

    /// <summary>A <c>summary_encrypted_text</c>: data without text.</summary>
    Encrypted,

    /// <summary>A <c>reasoning_content</c> string next to the content.</summary>
    Sibling,

    /// <summary>An output item of the Responses API.</summary>
    Item,
}
