using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Connectors.Databricks.AspNetCore.ModelHub.Page;

/// <summary>The files of the page, which the assembly contains.</summary>
internal static class PageFiles
{
    private const string Prefix = "ModelHub.Page.";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, ModelHubDocument> All { get; } =
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && ContentTypes.ContainsKey(Path.GetExtension(name)))
            .ToFrozenDictionary(
                name => name[Prefix.Length..],
                name => new ModelHubDocument(Read(name), ContentTypes[Path.GetExtension(name)]),
                StringComparer.Ordinal);

    public static string Template { get; } = Encoding.UTF8.GetString(Read($"{Prefix}hub.html"));

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
