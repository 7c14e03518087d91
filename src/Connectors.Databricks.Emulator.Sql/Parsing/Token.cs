namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>The kind of a token.</summary>
internal enum TokenKind
{
    Word,
    QuotedName,
    Text,
    Number,
    Parameter,
    Symbol,
    End,
}

/// <summary>A token of a statement.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">
/// The word, the name without backticks, the value of a text, the number, the name of a parameter, or the symbol.
/// </param>
internal readonly record struct Token(TokenKind Kind, string Text)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
