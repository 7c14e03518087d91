using System.Text;

namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>Splits a statement into tokens, as Spark SQL does: backticks quote names, and texts have backslash escapes.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = ["<=>", "=>", "<=", ">=", "<>", "!=", "==", "||"];

    public static List<Token> Read(string text)
    {
        List<Token> tokens = [];
        var at = 0;
        while (SkipBlanks(text, ref at))
        {
            tokens.Add(Next(text, ref at));
        }

        tokens.Add(new Token(TokenKind.End, ""));
        return tokens;
    }

    private static bool SkipBlanks(string text, ref int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("--"))
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else if (text.AsSpan(at).StartsWith("/*"))
            {
                var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = end < 0 ? throw SqlException.Syntax(new Token(TokenKind.Symbol, "/*")) : end + 2;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private static Token Next(string text, ref int at)
    {
        var start = at;
        var first = text[at];
        if (first is '\'' or '"')
        {
            return new Token(TokenKind.Text, Quoted(text, ref at));
        }

        if (first == '`')
        {
            return new Token(TokenKind.QuotedName, Name(text, ref at));
        }

        if (first == ':' && at + 1 < text.Length && IsLetter(text[at + 1]))
        {
            at++;
            return new Token(TokenKind.Parameter, Letters(text, ref at));
        }

        if (char.IsAsciiDigit(first) || (first == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return new Token(TokenKind.Number, Number(text, ref at));
        }

        if (IsLetter(first))
        {
            return new Token(TokenKind.Word, Letters(text, ref at));
        }

        var symbol = Symbols.FirstOrDefault(known => text.AsSpan(start).StartsWith(known)) ?? first.ToString();
        at += symbol.Length;
        return new Token(TokenKind.Symbol, symbol);
    }

    private static string Quoted(string text, ref int at)
    {
        var quote = text[at++];
        var value = new StringBuilder();
        while (true)
        {
            if (at >= text.Length)
            {
                throw SqlException.Syntax(new Token(TokenKind.Symbol, quote.ToString()));
            }

            var letter = text[at++];
            if (letter == quote)
            {
                return value.ToString();
            }

            if (letter == '\\' && at < text.Length)
            {
                letter = text[at++] switch
                {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\0',
                    var other => other,
                };
            }

            value.Append(letter);
        }
    }

    private static string Name(string text, ref int at)
    {
        var name = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '`')
            {
                at++;
                if (at >= text.Length || text[at] != '`')
                {
                    return name.ToString();
                }
            }

            name.Append(text[at]);
        }

        throw SqlException.Syntax(new Token(TokenKind.Symbol, "`"));
    }

    private static string Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            at++;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at += at + 1 < text.Length && text[at + 1] is '+' or '-' ? 2 : 1;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }
        }

        return text[start..at];
    }

    private static string Letters(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (IsLetter(text[at]) || char.IsAsciiDigit(text[at])))
        {
            at++;
        }

        return text[start..at];
    }

    private static bool IsLetter(char letter) => char.IsAsciiLetter(letter) || letter == '_';
}
