using System.Net;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>Creates the exceptions of statements that ended without a result, and of results that cannot be read.</summary>
internal static class StatementExceptions
{
    public static DatabricksServingException Ended(Redaction redaction, StatementDocument document)
    {
        var (kind, what, hint) = document.State switch
        {
            "FAILED" => (DatabricksServingErrorKind.StatementFailed, "the statement failed", Hint(document)),
            "CANCELED" => (
                DatabricksServingErrorKind.StatementCanceled, "the statement was canceled",
                "Another caller, an administrator or a limit of the warehouse canceled it."),
            "CLOSED" => (
                DatabricksServingErrorKind.StatementNotFound, "the result was closed",
                "The service no longer has it: run the statement again."),
            _ => (
                DatabricksServingErrorKind.InvalidResponse, $"the statement has the unknown state '{redaction.Clean(document.State)}'",
                "Check the query history of the warehouse."),
        };
        var message = document.ErrorMessage is { } text ? redaction.Quote(text) : null;
        var code = document.ErrorCode is null ? string.Empty : $", {document.ErrorCode}";
        return new DatabricksServingException(redaction, new ServingFailure
        {
            Kind = kind,
            Message = $"SQL statement '{document.Id}' failed: {what}{code}{(message is null ? "." : $": \"{message}\"")} {hint}",
            StatusCode = HttpStatusCode.OK,
            ErrorCode = document.ErrorCode,
            ServiceMessage = message,
            StatementId = document.Id,
            SqlState = document.SqlState,
            IsTransient = kind == DatabricksServingErrorKind.StatementFailed && IsTransient(document.ErrorCode),
        });
    }

    /// <summary>A result with fewer rows than the statement has, although no limit was requested.</summary>
    public static DatabricksServingException Truncated(Redaction redaction, string statementId) => Invalid(
        redaction, $"Reading the result of SQL statement '{statementId}'", statementId,
        "the result is truncated at the size limit of the service",
        $"Set {nameof(SqlStatementOptions)}.{nameof(SqlStatementOptions.UseExternalLinks)}, or select less.");

    public static DatabricksServingException RowsMissing(Redaction redaction, string statementId, long expected, long read) => Invalid(
        redaction, $"Reading the result of SQL statement '{statementId}'", statementId,
        $"the service reported {expected} rows and returned {read}");

    public static DatabricksServingException Invalid(
        Redaction redaction, string operation, string statementId, string what,
        string hint = "Run the statement again; if it stays, give the statement id to Databricks support.", Exception? inner = null) =>
        new(redaction, new ServingFailure
        {
            Kind = DatabricksServingErrorKind.InvalidResponse,
            Message = $"{operation} failed: {what}. {hint}",
            Inner = inner,
            StatusCode = HttpStatusCode.OK,
            StatementId = statementId,
        });

    private static string Hint(StatementDocument document) => document.ErrorCode switch
    {
        "BAD_REQUEST" or "NOT_FOUND" or "ALREADY_EXISTS" => "Check the statement, its parameters, and the names of its tables.",
        "UNAUTHENTICATED" or "PERMISSION_DENIED" => "Ask for the privileges on the tables, and for CAN_QUERY on models that it queries.",
        { } code when IsTransient(code) => "Run it again later. It was not repeated, because it may have had effects.",
        _ => "See the query history of the warehouse.",
    };

    private static bool IsTransient(string? code) => code is "TEMPORARILY_UNAVAILABLE" or "SERVICE_UNDER_MAINTENANCE"
        or "WORKSPACE_TEMPORARILY_UNAVAILABLE" or "DEADLINE_EXCEEDED" or "RESOURCE_EXHAUSTED" or "INTERNAL_ERROR" or "IO_ERROR"
        or "ABORTED";
}
