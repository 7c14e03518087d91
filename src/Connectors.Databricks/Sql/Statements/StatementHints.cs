using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>What to try after an error of the Statement Execution API.</summary>
internal static class StatementHints
{
    public static string? ForSubmit(int status, ServiceError error) => (status, error) switch
    {
        (500 or 502 or 504, _) or (503, { Code: null }) =>
            "The statement may have started: check the query history of the warehouse before you run it again.",
        (_, { IsHtml: true } or { Code: ServiceError.PrivateLink }) or (403, { SpeaksOfToken: true }) => null,
        (400, _) => "Check the statement, its parameters, and that the warehouse id is one of SQL Warehouses in the workspace.",
        (403, _) => "Ask for CAN_USE on the SQL warehouse, and for the privileges on the tables.",
        (404, _) => "Check the warehouse id: it is on the page of the SQL warehouse, under Connection details.",
        (429 or 503, _) => "Wait, and run fewer statements at once: the warehouse or the API is at its limit.",
        _ => null,
    };

    public static string? ForStatement(int status, ServiceError error) => (status, error) switch
    {
        (_, { IsHtml: true } or { Code: ServiceError.PrivateLink }) or (403, { SpeaksOfToken: true }) => null,
        (403, _) => "Only the user who runs a statement can read its result or cancel it.",
        (404, _) => "The service keeps a statement and its result for about an hour: run it again.",
        (429, _) => "Wait, and poll less often: raise SqlStatementOptions.MaxPollInterval.",
        (>= 500, _) => "The statement may still run: SqlStatementClient.WaitAsync with its id reads the result.",
        _ => null,
    };

    public static string? ForLink(int status, ServiceError error) => status switch
    {
        400 or 401 or 403 or 404 or 410 =>
            "The link to the result may have expired, or the network does not allow the storage: read the result without UseExternalLinks.",
        _ => "Try again; if it stays, read the result without UseExternalLinks.",
    };
}
