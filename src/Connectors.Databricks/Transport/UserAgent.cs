using System.Reflection;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The User-Agent header: application, this package, Microsoft.Extensions.AI, .NET and operating system, the authentication type, and where
/// it runs (serving reference §12, authentication reference §11).
/// </summary>
internal sealed class UserAgent
{
    private static readonly string Product =
        $"Connectors.Databricks/{VersionOf(typeof(UserAgent))} MEAI/{VersionOf(typeof(IChatClient))} " +
        $"dotnet/{Environment.Version} os/{OperatingSystemName()}";

    private readonly string _start;
    private readonly string _end;
    private Tuple<string?, RequestHeader> _last;

    /// <exception cref="ArgumentException">The name has characters that no product token may hold.</exception>
    public UserAgent(string? applicationName, IPlatform platform)
    {
        _start = Application(applicationName) + Product;
        _end = UserAgentEnvironment.Describe(platform);
        _last = new(null, Header(_start + _end));
    }

    /// <summary>The header of a request with this authentication type; null while it is unknown.</summary>
    public RequestHeader With(string? authType)
    {
        // It changes once, when the first request has selected an authentication type.
        var last = _last;
        if (last.Item1 != authType)
        {
            _last = last = new(authType, Header($"{_start} auth/{authType}{_end}"));
        }

        return last.Item2;
    }

    private static RequestHeader Header(string value) => RequestHeader.CreateText("User-Agent", value, "The user agent");

    private static string Application(string? applicationName)
    {
        if (applicationName is null)
        {
            return string.Empty;
        }

        var slash = applicationName.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? applicationName : applicationName[..slash];
        var version = slash < 0 ? "0.0.0" : applicationName[(slash + 1)..];
        if (!IsToken(name) || !IsToken(version))
        {
            throw new ArgumentException(
                $"ApplicationName is '{applicationName}'. Write it as name or name/version, with letters, digits, '_', '.', '+' and '-' " +
                "alone.");
        }

        return $"{name}/{version} ";
    }

    private static bool IsToken(string text) => text.Length > 0 && text.All(IsTokenCharacter);

    /// <summary>Whether a character is allowed in a product or version.</summary>
    public static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '+' or '-';

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
