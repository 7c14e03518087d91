namespace Connectors.Databricks.Emulator.Extensions;

/// <summary>The APIs that other packages have added.</summary>
internal sealed class EmulatedApis : IAsyncDisposable
{
    private volatile IEmulatedApi[] _all = [];

    /// <summary>Adds an API, before clients use it.</summary>
    public void Add(IEmulatedApi api) => _all = [.. _all, api];

    public IEmulatedApi? Find(string rawPath)
    {
        if (_all.Length == 0)
        {
            return null;
        }

        var segments = Segments(rawPath);
        return _all.FirstOrDefault(api => api.Serves(segments));
    }

    public static string[] Segments(string rawPath) => [.. rawPath.TrimStart('/').Split('/').Select(Uri.UnescapeDataString)];

    public async ValueTask DisposeAsync()
    {
        foreach (var api in _all)
        {
            await api.DisposeAsync().ConfigureAwait(false);
        }
    }
}
