using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>Log messages about statements, without their text and without values.</summary>
internal static partial class StatementLog
{
    [LoggerMessage(
        120, LogLevel.Warning, "SQL statement '{StatementId}' may still run: the request that cancels it failed. {Reason}")]
    public static partial void NotCanceled(ILogger logger, string statementId, string reason);

    [LoggerMessage(121, LogLevel.Debug, "The external link of SQL statement '{StatementId}', chunk {Chunk}, is renewed.")]
    public static partial void LinkRenewed(ILogger logger, string statementId, int chunk);
}
