using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>Creates the exceptions of a checkpoint: which file, what is wrong, what to try.</summary>
internal static class CheckpointExceptions
{
    // Windows has a code of its own for each; other systems have the numbers of errno in both.
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsLockViolation = unchecked((int)0x80070021);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int NoSpace = 28;
    private const int Quota = 122;
    private const int QuotaOnMac = 69;

    public static DatabricksCheckpointException NotOpened(string path, Exception exception) => From(path, "opening", exception);

    public static DatabricksCheckpointException NotWritten(string path, Exception exception) => From(path, "writing", exception);

    public static DatabricksCheckpointException NotRead(string path, Exception exception) => From(path, "reading", exception);

    public static DatabricksCheckpointException NotSerialized(string path, string id, Exception exception) => New(
        path, DatabricksCheckpointFailure.Other,
        $"the response to '{id}' cannot be written as JSON: {exception.Message} Run the batch without a checkpoint.", exception);

    public static DatabricksCheckpointException OtherBatch(string path, CheckpointHeader found, CheckpointHeader expected) => New(
        path, DatabricksCheckpointFailure.OtherBatch,
        $"the file belongs to another batch: {Difference(found, expected)}. Use a file for each batch.");

    public static DatabricksCheckpointException NoCheckpoint(string path) => New(
        path, DatabricksCheckpointFailure.Invalid,
        "the file is not a checkpoint, or one of a later version. Nothing was changed. Use another path.");

    public static DatabricksCheckpointException Damaged(string path, long line) => New(
        path, DatabricksCheckpointFailure.Invalid,
        $"line {line} is damaged, and lines follow it. Delete the line to send its request again.");

    public static DatabricksCheckpointException NotResult(string path, string id, Exception? exception) => New(
        path, DatabricksCheckpointFailure.Invalid,
        $"the line of '{id}' is not a result of this kind. Delete the line to send its request again.", exception);

    private static string Difference(CheckpointHeader found, CheckpointHeader expected) =>
        (found.Kind, found.EndpointName) != (expected.Kind, expected.EndpointName)
            ? $"{found.Kind} of the endpoint '{found.EndpointName}', and not {expected.Kind} of '{expected.EndpointName}'"
        : found.Workspace != expected.Workspace ? $"of the workspace '{found.Workspace}', and not '{expected.Workspace}'"
        : expected.Kind == "chat"
            ? $"its chat options ({nameof(DatabricksBatchOptions)}.Chat or {nameof(DatabricksServingOptions)}.Chat) differ"
        : $"its {nameof(DatabricksBatchOptions)}.Embeddings differs";

    private static DatabricksCheckpointException From(string path, string action, Exception exception)
    {
        var failure = FailureOf(exception);
        return New(path, failure, failure switch
        {
            DatabricksCheckpointFailure.InUse =>
                $"{action} it failed, because another batch or process has it open. Wait until that one ends, or use another file.",
            DatabricksCheckpointFailure.DiskFull =>
                $"{action} it failed, because the disk is full or a quota is exhausted. Free space, and run the batch again: it continues.",
            _ => $"{action} it failed: {exception.Message}",
        }, exception);
    }

    private static DatabricksCheckpointFailure FailureOf(Exception exception) => exception is not IOException
        ? DatabricksCheckpointFailure.Other
        : OperatingSystem.IsWindows()
            ? exception.HResult switch
            {
                WindowsSharingViolation or WindowsLockViolation => DatabricksCheckpointFailure.InUse,
                WindowsHandleDiskFull or WindowsDiskFull => DatabricksCheckpointFailure.DiskFull,
                _ => DatabricksCheckpointFailure.Other,
            }
            : exception.HResult switch
            {
                WouldBlock or WouldBlockOnMac => DatabricksCheckpointFailure.InUse,
                NoSpace or Quota or QuotaOnMac => DatabricksCheckpointFailure.DiskFull,
                _ => DatabricksCheckpointFailure.Other,
            };

    private static DatabricksCheckpointException New(
        string path, DatabricksCheckpointFailure failure, string problem, Exception? exception = null) =>
        new(Redaction.OfNone, $"The checkpoint '{path}' cannot be used: {problem}", exception) { Failure = failure, Path = path };
}
