using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Packaging.Tests.Release;

/// <summary>What a debugger reads of a portable PDB: the sources, and where they are downloaded from.</summary>
internal sealed record Symbols(IReadOnlyList<(string Path, bool IsEmbedded)> Sources, JsonObject SourceLinks)
{
    // The kinds of custom debug information, from the specification of the portable PDB format.
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSourceKind = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static IReadOnlyList<Symbols> Of(Package package)
    {
        var pdbs = package.Symbols.Where(entry => entry.Key.EndsWith(".pdb", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(pdbs);
        return [.. pdbs.Select(entry => Read(entry.Value))];
    }

    private static Symbols Read(byte[] content)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(content));
        var pdb = provider.GetMetadataReader();
        var link = CustomInformation(pdb, EntityHandle.ModuleDefinition).Single(information => information.Kind == SourceLinkKind);
        return new Symbols(
            [
                .. pdb.Documents.Select(document => (
                    pdb.GetString(pdb.GetDocument(document).Name),
                    CustomInformation(pdb, document).Any(information => information.Kind == EmbeddedSourceKind))),
            ],
            JsonNode.Parse(pdb.GetBlobBytes(link.Value))!["documents"]!.AsObject());
    }

    private static List<(Guid Kind, BlobHandle Value)> CustomInformation(MetadataReader pdb, EntityHandle parent) =>
    [
        .. pdb.GetCustomDebugInformation(parent)
            .Select(handle => pdb.GetCustomDebugInformation(handle))
            .Select(information => (pdb.GetGuid(information.Kind), information.Value)),
    ];
}
