namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>Ends a statement with an error.</summary>
internal sealed class SqlException(string errorCode, string message, string? sqlState = null) : Exception(message)
{
    public string ErrorCode { get; } = errorCode;

    public string? SqlState { get; } = sqlState;

    /// <summary>What a warehouse may well run and this one does not. The text never resembles one of the service.</summary>
    public static SqlException Unsupported(string what) => new(
        "BAD_REQUEST", $"[EMULATOR_UNSUPPORTED] The emulated SQL warehouse does not support {what}. A real one may.");

    /// <summary>The condition is that of Apache Spark; the text is shortened.</summary>
    public static SqlException Syntax(Token token) => new(
        "BAD_REQUEST",
        $"[PARSE_SYNTAX_ERROR] Syntax error at or near {(token.Kind == TokenKind.End ? "end of input" : $"'{token.Text}'")}. " +
        "SQLSTATE: 42601",
        "42601");

    public static SqlException NoTable(TableName name) => new(
        "BAD_REQUEST", $"[TABLE_OR_VIEW_NOT_FOUND] The table or view {name} cannot be found. SQLSTATE: 42P01", "42P01");

    public static SqlException TableExists(TableName name) => new(
        "ALREADY_EXISTS", $"[TABLE_OR_VIEW_ALREADY_EXISTS] Cannot create table or view {name} because it already exists. SQLSTATE: 42P07",
        "42P07");

    public static SqlException NoSchema(TableName name) => new(
        "BAD_REQUEST", $"[SCHEMA_NOT_FOUND] The schema {name.SchemaText} cannot be found. SQLSTATE: 42704", "42704");
}
