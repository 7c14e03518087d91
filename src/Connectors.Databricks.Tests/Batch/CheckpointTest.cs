namespace Connectors.Databricks.Tests.Batch;

/// <summary>A test with a checkpoint in a folder of its own.</summary>
public abstract class CheckpointTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    protected string CheckpointPath => Path.Combine(_folder.FullName, "batch.jsonl");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected DatabricksBatchOptions Options(int concurrency = 4) =>
        new() { CheckpointPath = CheckpointPath, MaxConcurrentRequests = concurrency };
}
