namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>Expressions, by precedence.</summary>
internal sealed partial class Translator
{
    private static readonly string[] Comparisons = ["=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>"];

    private string Expression() => Chain(Conjunction, "OR");

    private string Conjunction() => Chain(Negation, "AND");

    private string Chain(Func<string> operand, string word)
    {
        var text = operand();
        while (TryTake(word))
        {
            text = $"({text} {word} {operand()})";
        }

        return text;
    }

    private string Negation() => TryTake("NOT") ? $"(NOT {Negation()})" : Comparison();

    private string Comparison()
    {
        var left = Sum();
        while (true)
        {
            if (Comparisons.FirstOrDefault(Current.Is) is { } comparison)
            {
                _at++;
                left = comparison == "<=>"
                    ? $"({left} IS NOT DISTINCT FROM {Sum()})"
                    : $"({left} {(comparison == "==" ? "=" : comparison)} {Sum()})";
                continue;
            }

            if (TryTake("IS"))
            {
                var not = TryTake("NOT") ? "NOT " : "";
                var word = TryTake("NULL") ? "NULL" : TryTake("TRUE") ? "TRUE" : Require("FALSE") ? "FALSE" : "";
                left = $"({left} IS {not}{word})";
                continue;
            }

            var isNegated = Current.Is("NOT") && (Peek(1, "IN") || Peek(1, "BETWEEN") || Peek(1, "LIKE")) && TryTake("NOT");
            var negation = isNegated ? "NOT " : "";
            if (TryTake("IN"))
            {
                Require("(");
                var list = Current.Is("SELECT") ? Query() : ExpressionList();
                Require(")");
                left = $"({left} {negation}IN ({list}))";
            }
            else if (TryTake("BETWEEN"))
            {
                var from = Sum();
                Require("AND");
                left = $"({left} {negation}BETWEEN {from} AND {Sum()})";
            }
            else if (TryTake("LIKE"))
            {
                left = $"({left} {negation}LIKE {Sum()} ESCAPE '\\')";
            }
            else
            {
                return left;
            }
        }
    }

    private string Sum()
    {
        var text = Product();
        while (Current.Is("+") || Current.Is("-") || Current.Is("||"))
        {
            text = $"({text} {Take().Text} {Product()})";
        }

        return text;
    }

    private string Product()
    {
        var text = Unary();
        while (Current.Is("*") || Current.Is("/") || Current.Is("%"))
        {
            text = $"({text} {Take().Text} {Unary()})";
        }

        return text;
    }

    private string Unary() => TryTake("-") ? $"(- {Unary()})" : TryTake("+") ? Unary() : Primary();

    private string Primary()
    {
        switch (Current.Kind)
        {
            case TokenKind.Number:
                return Take().Text;
            case TokenKind.Text:
                return TextLiteral(TextValue());
            case TokenKind.Parameter:
                return ParameterLiteral(Take().Text);
        }

        if (TryTake("("))
        {
            var inner = Current.Is("SELECT") || Current.Is("WITH") ? Query() : Expression();
            Require(")");
            return $"({inner})";
        }

        if (Current.Kind == TokenKind.Word)
        {
            switch (Current.Text.ToUpperInvariant())
            {
                case "TRUE" or "FALSE" or "NULL":
                    return Take().Text.ToUpperInvariant();
                case "CASE":
                    return Case();
                case "CAST" or "TRY_CAST" when Peek(1, "("):
                    return Cast(Take().Text.ToUpperInvariant());
                case "INTERVAL":
                    return Interval();
                case "EXISTS" when Peek(1, "("):
                    Take();
                    Require("(");
                    var query = Query();
                    Require(")");
                    return $"EXISTS ({query})";
                case "DATE" or "TIMESTAMP" when _tokens[_at + 1].Kind == TokenKind.Text:
                    var type = Take().Text.ToUpperInvariant();
                    return $"CAST({TextLiteral(TextValue())} AS {type})";
            }

            if (Peek(1, "("))
            {
                return Call(Take().Text);
            }
        }

        return string.Join('.', NameParts().Select(TableName.Quote));
    }

    // Literals without a comma between them are one text.
    private string TextValue()
    {
        var value = Take().Text;
        while (Current.Kind == TokenKind.Text)
        {
            value += Take().Text;
        }

        return value;
    }

    // A literal of the engine cannot hold a NUL.
    private static string TextLiteral(string value) => value.Contains('\0', StringComparison.Ordinal)
        ? $"({string.Join(" || chr(0) || ", value.Split('\0').Select(TextLiteral))})"
        : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private string ParameterLiteral(string name)
    {
        var parameter = Parameter(name);
        return parameter.Value is null
            ? $"CAST(NULL AS {parameter.EngineType})"
            : $"CAST({TextLiteral(parameter.Value)} AS {parameter.EngineType})";
    }

    private ParameterValue Parameter(string name) => context.Parameters.TryGetValue(name, out var parameter)
        ? parameter
        : throw new SqlException(
            "BAD_REQUEST", $"[UNBOUND_SQL_PARAMETER] Found the unbound parameter: {name}. SQLSTATE: 42P02", "42P02");

    private string Case()
    {
        Require("CASE");
        var text = Current.Is("WHEN") ? "CASE" : $"CASE {Expression()}";
        while (TryTake("WHEN"))
        {
            text += $" WHEN {Expression()}";
            Require("THEN");
            text += $" THEN {Expression()}";
        }

        text += TryTake("ELSE") ? $" ELSE {Expression()}" : "";
        Require("END");
        return $"{text} END";
    }

    private string Cast(string function)
    {
        Require("(");
        var value = Expression();
        Require("AS");
        var type = Type();
        Require(")");
        return $"{function}({value} AS {type})";
    }

    private string Interval()
    {
        Require("INTERVAL");
        var count = Take();
        if (count.Kind is not (TokenKind.Number or TokenKind.Text) || !long.TryParse(count.Text, out var number))
        {
            throw SqlException.Syntax(count);
        }

        var unit = Take().Text.ToUpperInvariant().TrimEnd('S');
        return unit is "SECOND" or "MINUTE" or "HOUR" or "DAY" or "WEEK" or "MONTH" or "YEAR"
            ? $"INTERVAL '{number}' {unit}"
            : throw SqlException.Unsupported($"intervals of {unit}");
    }

    private string ExpressionList()
    {
        List<string> items = [];
        do
        {
            items.Add(Expression());
        }
        while (TryTake(","));
        return string.Join(", ", items);
    }
}
