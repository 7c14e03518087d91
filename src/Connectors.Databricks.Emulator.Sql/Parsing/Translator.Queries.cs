namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>Queries: SELECT, FROM, joins, grouping and order.</summary>
internal sealed partial class Translator
{
    private string Query()
    {
        var text = "";
        if (TryTake("WITH"))
        {
            List<string> names = [];
            do
            {
                var name = Name();
                Require("AS");
                Require("(");
                names.Add($"{TableName.Quote(name)} AS ({Query()})");
                Require(")");
                _localNames.Add(name);
            }
            while (TryTake(","));
            text = $"WITH {string.Join(", ", names)} ";
        }

        text += Select();
        while (TryTake("UNION"))
        {
            text += Require("ALL") ? $" UNION ALL {Select()}" : "";
        }

        if (TryTake("ORDER"))
        {
            Require("BY");
            text += $" ORDER BY {OrderList()}";
        }

        text += TryTake("LIMIT") ? $" LIMIT {Expression()}" : "";
        return text + (TryTake("OFFSET") ? $" OFFSET {Expression()}" : "");
    }

    private string OrderList()
    {
        List<string> items = [];
        do
        {
            var item = Expression();
            var descends = TryTake("DESC") || (TryTake("ASC") && false);

            // NULL is the smallest value, unlike in the engine.
            var nullsFirst = !descends;
            if (TryTake("NULLS"))
            {
                nullsFirst = TryTake("FIRST") || (Require("LAST") && false);
            }

            items.Add($"{item}{(descends ? " DESC" : " ASC")} NULLS {(nullsFirst ? "FIRST" : "LAST")}");
        }
        while (TryTake(","));
        return string.Join(", ", items);
    }

    private string Select()
    {
        Require("SELECT");
        var text = TryTake("DISTINCT") ? "SELECT DISTINCT " : "SELECT ";
        List<string> items = [];
        do
        {
            items.Add(SelectItem());
        }
        while (TryTake(","));
        text += string.Join(", ", items);
        if (TryTake("FROM"))
        {
            text += $" FROM {Source()}{Joins()}";
        }

        text += TryTake("WHERE") ? $" WHERE {Expression()}" : "";
        if (TryTake("GROUP"))
        {
            Require("BY");
            text += TryTake("ALL") ? " GROUP BY ALL" : $" GROUP BY {ExpressionList()}";
        }

        return text + (TryTake("HAVING") ? $" HAVING {Expression()}" : "");
    }

    private string SelectItem()
    {
        if (TryTake("*"))
        {
            return "*";
        }

        var start = _at;
        var item = Expression();
        if (TryTake("AS") || Current.Kind == TokenKind.QuotedName || (Current.Kind == TokenKind.Word && !Reserved.Contains(Current.Text)))
        {
            return $"{item} AS {TableName.Quote(Name())}";
        }

        // The name of a column without an alias is its last part, or its text.
        var tokens = _tokens[start.._at];
        return tokens.All(token => token.Kind is TokenKind.Word or TokenKind.QuotedName || token.Is("."))
            ? $"{item} AS {TableName.Quote(tokens[^1].Text)}"
            : $"{item} AS {TableName.Quote(string.Concat(tokens.Select(token => token.Text)))}";
    }

    private string Source()
    {
        if (TryTake("("))
        {
            var query = Query();
            Require(")");
            return $"({query}){Alias()}";
        }

        if (Current.Kind is TokenKind.Word or TokenKind.QuotedName && _localNames.Contains(Current.Text) && !Peek(1, "."))
        {
            return $"{TableName.Quote(Take().Text)}{Alias()}";
        }

        var table = Table();
        _tables.Add(table);
        var alias = Alias();

        // A column may be qualified by the name of its table alone.
        return $"{table.Identifier}{(alias.Length > 0 ? alias : $" AS {TableName.Quote(table.Table)}")}";
    }

    private string Alias() =>
        TryTake("AS") || Current.Kind == TokenKind.QuotedName || (Current.Kind == TokenKind.Word && !Reserved.Contains(Current.Text))
            ? $" AS {TableName.Quote(Name())}"
            : "";

    private string Joins()
    {
        var text = "";
        while (true)
        {
            string join;
            if (TryTake("JOIN") || (TryTake("INNER") && Require("JOIN")))
            {
                join = "JOIN";
            }
            else if (TryTake("LEFT"))
            {
                join = TryTake("ANTI") ? "ANTI JOIN" : TryTake("SEMI") ? "SEMI JOIN" : TryTake("OUTER") ? "LEFT JOIN" : "LEFT JOIN";
                Require("JOIN");
            }
            else
            {
                return text;
            }

            text += $" {join} {Source()}";
            if (TryTake("USING"))
            {
                Require("(");
                text += $" USING ({ColumnList()})";
            }
            else
            {
                Require("ON");
                text += $" ON {Expression()}";
            }
        }
    }
}
