namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

/// <summary>A workspace whose list is what a test sets.</summary>
internal sealed class ScriptedDirectory : EndpointDirectory
{
    private readonly Dictionary<string, EndpointProfile> _profiles = new(StringComparer.Ordinal);
    private EndpointDirectorySnapshot? _snapshot;
    private Exception? _failure;

    public DatabricksServingClient Serving => new ScriptedServing(this);

    public int Reads { get; private set; }

    public int ProfileReads { get; private set; }

    public EndpointDirectoryOptions? Options { get; private set; }

    public ScriptedDirectory Lists(params EndpointProfile[] profiles) =>
        Returns(new EndpointDirectorySnapshot(profiles, DateTimeOffset.UnixEpoch));

    public ScriptedDirectory Returns(EndpointDirectorySnapshot snapshot)
    {
        (_snapshot, _failure) = (snapshot, null);
        foreach (var profile in snapshot.Profiles)
        {
            _profiles[profile.Name] = profile;
        }

        return this;
    }

    public ScriptedDirectory Fails(Exception failure)
    {
        _failure = failure;
        return this;
    }

    public override Task<EndpointDirectorySnapshot> GetAsync(CancellationToken cancellationToken = default)
    {
        Reads++;
        return _failure is null ? Task.FromResult(_snapshot!) : Task.FromException<EndpointDirectorySnapshot>(_failure);
    }

    public override Task<EndpointProfile> GetProfileAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        ProfileReads++;
        return _failure is null ? Task.FromResult(_profiles[endpointName]) : Task.FromException<EndpointProfile>(_failure);
    }

    private sealed class ScriptedServing(ScriptedDirectory directory) : DatabricksServingClient
    {
        public override Uri Host => new("https://hub.example.com/");

        public override EndpointDirectory CreateDirectory(EndpointDirectoryOptions options)
        {
            directory.Options = options;
            return directory;
        }
    }
}
