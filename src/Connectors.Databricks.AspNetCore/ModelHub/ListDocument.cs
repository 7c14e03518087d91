using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>A document of the whole list, which is written once for each time that the workspace is read.</summary>
internal sealed class ListDocument(Func<EndpointProfile, bool>? filter, Action<Utf8JsonWriter, ModelHubListing> write)
{
    private Version? _version;

    public ModelHubDocument Get(ModelHubListing listing)
    {
        var version = Volatile.Read(ref _version);
        if (version is null || !ReferenceEquals(version.Profiles, listing.Profiles) || version.Gaps != listing.Gaps)
        {
            var shown = filter is null ? listing : listing with { Profiles = [.. listing.Profiles.Where(filter)] };
            version = new Version(listing.Profiles, listing.Gaps, ModelHubDocument.Json(writer => write(writer, shown)));
            Volatile.Write(ref _version, version);
        }

        return version.Document;
    }

    private sealed record Version(IReadOnlyList<EndpointProfile> Profiles, int Gaps, ModelHubDocument Document);
}
