using System.Reflection;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The User-Agent header: application, this package, Microsoft.Extensions.AI, .NET and operating system (serving reference §12).
/// </summary>
internal static class UserAgent
{
    private static readonly string Product =
        $"Connectors.Databricks/{VersionOf(typeof(UserAgent))} MEAI/{VersionOf(typeof(IChatClient))} " +
        $"dotnet/{Environment.Version} os/{OperatingSystemName()}";

    /// <exception cref="ArgumentException">The name has characters that no product token may hold.</exception>
    public static string For(string? applicationName)
    {
        if (applicationName is null)
        {
            return Product;
        }

        var slash = applicationName.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? applicationName : applicationName[..slash];
        var version = slash < 0 ? "0.0.0" : applicationName[(slash + 1)..];
        if (!IsToken(name) || !IsToken(version))
        {
            throw new ArgumentException(
                $"ApplicationName is '{applicationName}'. Write it as name or name/version, with letters, digits, '_', '.', '+' and '-' alone.");
        }

        return $"{name}/{version} {Product}";
    }

    private static bool IsToken(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '+' or '-');

    private static string VersionOf(Type type)
    {
        var version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var build = version.IndexOf('+', StringComparison.Ordinal);
        return build < 0 ? version : version[..build];
    }

    private static string OperatingSystemName() =>
        OperatingSystem.IsWindows() ? "windows" :
        OperatingSystem.IsMacOS() ? "darwin" :
        OperatingSystem.IsLinux() ? "linux" : "other";
}
