namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>Statements that change a table.</summary>
internal sealed partial class Translator
{
    private Translation Insert()
    {
        Require("INTO");
        TryTake("TABLE");
        var target = Table();
        var columns = TryTake("(") ? $" ({ColumnList()})" : "";
        string source;
        if (TryTake("VALUES"))
        {
            List<string> rows = [];
            do
            {
                Require("(");
                rows.Add($"({ExpressionList()})");
                Require(")");
            }
            while (TryTake(","));
            source = $"VALUES {string.Join(", ", rows)}";
        }
        else
        {
            source = Query();
        }

        return Change($"INSERT INTO {target.Identifier}{columns} {source}", target);
    }

    private Translation Delete()
    {
        Require("FROM");
        var target = Table();
        return Change($"DELETE FROM {target.Identifier}{Alias()}{(TryTake("WHERE") ? $" WHERE {Expression()}" : "")}", target);
    }

    private Translation Drop()
    {
        if (!TryTake("TABLE"))
        {
            throw SqlException.Unsupported($"DROP {Current.Text}");
        }

        var exists = TryTake("IF") && Require("EXISTS");
        var target = Table();
        return new Translation($"DROP TABLE {(exists ? "IF EXISTS " : "")}{target.Identifier}", IsQuery: false, _tables)
        {
            Target = target,
            Rule = exists ? TargetRule.None : TargetRule.MustExist,
        };
    }

    private Translation Merge()
    {
        Require("INTO");
        var target = Table();
        var text = $"MERGE INTO {target.Identifier}{Alias()}";
        Require("USING");
        text += $" USING {Source()}";
        Require("ON");
        text += $" ON {Expression()}";
        while (TryTake("WHEN"))
        {
            var isMatched = !TryTake("NOT");
            Require("MATCHED");
            text += isMatched ? " WHEN MATCHED" : " WHEN NOT MATCHED";
            text += TryTake("AND") ? $" AND {Expression()}" : "";
            Require("THEN");
            text += isMatched ? MatchedAction() : NotMatchedAction();
        }

        return Change(text, target);
    }

    private string MatchedAction()
    {
        if (TryTake("DELETE"))
        {
            return " THEN DELETE";
        }

        Require("UPDATE");
        Require("SET");
        List<string> changes = [];
        do
        {
            var parts = NameParts();
            Require("=");
            changes.Add($"{TableName.Quote(parts[^1])} = {Expression()}");
        }
        while (TryTake(","));
        return $" THEN UPDATE SET {string.Join(", ", changes)}";
    }

    private string NotMatchedAction()
    {
        Require("INSERT");
        if (TryTake("*"))
        {
            return " THEN INSERT BY NAME";
        }

        Require("(");
        var columns = ColumnList();
        Require("VALUES");
        Require("(");
        var values = ExpressionList();
        Require(")");
        return $" THEN INSERT ({columns}) VALUES ({values})";
    }

    private Translation Change(string statement, TableName target) =>
        new(statement, IsQuery: false, _tables) { Target = target, Rule = TargetRule.MustExist };
}
