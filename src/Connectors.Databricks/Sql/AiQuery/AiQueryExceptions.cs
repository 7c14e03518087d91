using System.Net;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Sql.AiQuery;

/// <summary>Creates the exceptions of a batch.</summary>
internal static class AiQueryExceptions
{
    /// <summary>Every row of the first statement failed, so the others would, too.</summary>
    public static DatabricksServingException EveryRowFailed(
        Redaction redaction, AiQueryBatchOptions options, string statementId, long rows, string error)
    {
        var message = redaction.Quote(error);
        var isLegacyName = message.Contains("use Unity Gateway", StringComparison.OrdinalIgnoreCase);
        var hint = isLegacyName
            ? "The workspace enforces Unity Gateway: name a model service, such as system.ai.claude-sonnet-4-5."
            : "Correct the cause, and run the batch again with ReplaceDestination, or retry the failed rows.";
        return new DatabricksServingException(redaction, new ServingFailure
        {
            Kind = isLegacyName ? DatabricksServingErrorKind.PayPerTokenDisabled : DatabricksServingErrorKind.StatementFailed,
            Message = $"The batch with '{options.Model}' was stopped: all {rows} rows of the first statement failed, the first with " +
                $"\"{message}\". {hint}",
            StatusCode = HttpStatusCode.OK,
            ServiceMessage = message,
            EndpointName = options.Model,
            StatementId = statementId,
        });
    }

    public static InvalidOperationException KeysAreNotUnique(AiQueryBatchOptions options, long rows, long keys) => new(
        $"The column '{options.KeyColumn}' of {options.Source} does not identify its rows: {rows} rows have {keys} different keys. " +
        "Choose a column without NULL and without repeated values.");
}
