namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>A statement in the dialect of the engine.</summary>
/// <param name="Text">The statement.</param>
/// <param name="IsQuery">Whether it returns rows.</param>
/// <param name="Tables">The tables that it reads, which must exist.</param>
internal sealed record Translation(string Text, bool IsQuery, IReadOnlyList<TableName> Tables)
{
    /// <summary>The table that it changes or creates; null for a query.</summary>
    public TableName? Target { get; init; }

    public TargetRule Rule { get; init; }

    /// <summary>The calls of <c>ai_query</c>, by their number in the text.</summary>
    public IReadOnlyList<AiQueryCall> Calls { get; init; } = [];
}

/// <summary>What must hold of the target of a statement.</summary>
internal enum TargetRule
{
    None,
    MustExist,
    MustNotExist,
    SchemaOnly,
}

/// <summary>The constant arguments of a call of <c>ai_query</c>.</summary>
internal sealed record AiQueryCall(string Endpoint, bool FailOnError, string? ResponseFormat);

/// <summary>The value of a parameter, with its type of the engine.</summary>
internal sealed record ParameterValue(string? Value, string EngineType);

/// <summary>What a statement is parsed with.</summary>
internal sealed record ParserContext(
    string Catalog, string Schema, IReadOnlyDictionary<string, ParameterValue> Parameters, DateTimeOffset Now)
{
    /// <summary>The number of the first call of <c>ai_query</c>: the engine has one function for all statements.</summary>
    public int FirstCall { get; init; }

    /// <summary>Whether the constant arguments of <c>ai_query</c> may be parameters.</summary>
    public bool AllowsMarkersInAiQuery { get; init; } = true;
}
