namespace Connectors.Databricks.Emulator.Sql;

/// <summary>A statement that the warehouse received.</summary>
public sealed class EmulatedSqlStatement
{
    internal EmulatedSqlStatement(string id, string text, string state, long modelRequests) =>
        (Id, Text, State, ModelRequests) = (id, text, state, modelRequests);

    /// <summary>Gets its id.</summary>
    public string Id { get; }

    /// <summary>Gets the SQL text as sent.</summary>
    public string Text { get; }

    /// <summary>Gets its state, such as <c>SUCCEEDED</c>.</summary>
    public string State { get; }

    /// <summary>Gets the number of requests that <c>ai_query</c> has sent to models.</summary>
    public long ModelRequests { get; }
}
