namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>
/// Translates the documented statements into the dialect of the engine, token by token. Whatever the grammar does not have is an error, and
/// text is never passed through.
/// </summary>
internal sealed partial class Translator(string text, ParserContext context)
{
    // Words that end a name without AS.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "UNION", "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "ON",
        "USING", "WHEN", "SET", "AS", "AND", "OR", "NOT", "THEN", "ELSE", "END", "VALUES", "SELECT", "TABLESAMPLE", "ANTI", "SEMI", "IS",
        "IN", "BETWEEN", "LIKE", "EXCEPT", "INTERSECT", "WINDOW", "QUALIFY", "LATERAL", "PIVOT",
    };

    private readonly List<Token> _tokens = Lexer.Read(text);
    private readonly List<TableName> _tables = [];
    private readonly List<AiQueryCall> _calls = [];
    private readonly HashSet<string> _localNames = new(StringComparer.OrdinalIgnoreCase);
    private int _at;

    private Token Current => _tokens[_at];

    /// <exception cref="SqlException">The statement is not one of those that are supported.</exception>
    public Translation Translate()
    {
        var translation = Statement();
        TryTake(";");
        return Current.Kind == TokenKind.End ? translation with { Calls = _calls } : throw SqlException.Syntax(Current);
    }

    private Translation Statement()
    {
        if (Current.Is("SELECT") || Current.Is("WITH"))
        {
            return new Translation(Query(), IsQuery: true, _tables);
        }

        var word = Take();
        return word.Text.ToUpperInvariant() switch
        {
            _ when word.Kind != TokenKind.Word => throw SqlException.Syntax(word),
            "CREATE" => Create(),
            "INSERT" => Insert(),
            "MERGE" => Merge(),
            "DELETE" => Delete(),
            "DROP" => Drop(),
            var other => throw SqlException.Unsupported($"the statement {other}"),
        };
    }

    private Translation Create()
    {
        var replaces = TryTake("OR") && Require("REPLACE");
        if (TryTake("SCHEMA"))
        {
            var ifNotExists = IfNotExists();
            var names = NameParts();
            var schema = names.Count == 1 ? new TableName(context.Catalog, names[0], "") : new TableName(names[0], names[1], "");
            return new Translation("SELECT 1 WHERE false", IsQuery: false, _tables)
            {
                Target = schema,
                Rule = ifNotExists ? TargetRule.None : TargetRule.SchemaOnly,
            };
        }

        if (!TryTake("TABLE"))
        {
            throw SqlException.Unsupported($"CREATE {Current.Text}");
        }

        var exists = IfNotExists();
        var target = Table();
        var start = $"CREATE {(replaces ? "OR REPLACE " : "")}TABLE {(exists ? "IF NOT EXISTS " : "")}{target.Identifier}";
        var rule = replaces || exists ? TargetRule.None : TargetRule.MustNotExist;
        if (TryTake("("))
        {
            List<string> columns = [];
            do
            {
                columns.Add($"{TableName.Quote(Name())} {Type()}{(TryTake("NOT") && Require("NULL") ? " NOT NULL" : "")}");
            }
            while (TryTake(","));
            Require(")");
            return new Translation($"{start} ({string.Join(", ", columns)})", IsQuery: false, _tables) { Target = target, Rule = rule };
        }

        if (TryTake("USING"))
        {
            Require("DELTA");
        }

        Require("AS");
        return new Translation($"{start} AS {Query()}", IsQuery: false, _tables) { Target = target, Rule = rule };
    }

    private bool IfNotExists() => TryTake("IF") && Require("NOT") && Require("EXISTS");

    // After the opening parenthesis.
    private string ColumnList()
    {
        List<string> columns = [];
        do
        {
            columns.Add(TableName.Quote(Name()));
        }
        while (TryTake(","));
        Require(")");
        return string.Join(", ", columns);
    }

    private TableName Table()
    {
        var parts = NameParts();
        return parts.Count switch
        {
            1 => new TableName(context.Catalog, context.Schema, parts[0]),
            2 => new TableName(context.Catalog, parts[0], parts[1]),
            3 => new TableName(parts[0], parts[1], parts[2]),
            _ => throw new SqlException(
                "BAD_REQUEST", $"[IDENTIFIER_TOO_MANY_NAME_PARTS] {string.Join('.', parts)} is not a valid identifier. SQLSTATE: 42601",
                "42601"),
        };
    }

    private List<string> NameParts()
    {
        List<string> parts = [Name()];
        while (TryTake("."))
        {
            parts.Add(Name());
        }

        return parts;
    }

    private string Name()
    {
        var token = Take();
        return token.Kind == TokenKind.QuotedName || (token.Kind == TokenKind.Word && !Reserved.Contains(token.Text))
            ? token.Text.Length > 0 ? token.Text : throw SqlException.Syntax(token)
            : throw SqlException.Syntax(token);
    }

    /// <summary>The type at the current token, as the engine writes it.</summary>
    private string Type()
    {
        var name = Take();
        if (name.Is("DECIMAL") || name.Is("NUMERIC") || name.Is("DEC"))
        {
            if (!TryTake("("))
            {
                return SqlTypes.Decimal();
            }

            var precision = Digits();
            var scale = TryTake(",") ? Digits() : 0;
            Require(")");
            return SqlTypes.Decimal(precision, scale);
        }

        if (name.Is("STRUCT") && TryTake("<"))
        {
            List<string> fields = [];
            do
            {
                var field = Name();
                Require(":");
                fields.Add($"{TableName.Quote(field)} {Type()}");
            }
            while (TryTake(","));
            Require(">");
            return $"STRUCT({string.Join(", ", fields)})";
        }

        if (name.Is("ARRAY") && TryTake("<"))
        {
            var item = Type();
            Require(">");
            return $"{item}[]";
        }

        return SqlTypes.ToEngine(name.Text) ?? throw SqlException.Unsupported($"the type {name.Text}");
    }

    private int Digits() => Take() is { Kind: TokenKind.Number } number && int.TryParse(number.Text, out var digits) && digits <= 38
        ? digits
        : throw SqlException.Syntax(Current);

    private Token Take() => Current.Kind == TokenKind.End ? throw SqlException.Syntax(Current) : _tokens[_at++];

    private bool TryTake(string word)
    {
        if (!Current.Is(word))
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool Require(string word) => TryTake(word) ? true : throw SqlException.Syntax(Current);

    private bool Peek(int ahead, string word) => _at + ahead < _tokens.Count && _tokens[_at + ahead].Is(word);
}
