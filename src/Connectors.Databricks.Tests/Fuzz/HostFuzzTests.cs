using System.Text;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Fuzz;

/// <summary>
/// Whatever the host setting holds, a token goes to a host that a person could have meant, in one request with sound headers, or nowhere.
/// </summary>
public class HostFuzzTests
{
    private static readonly string[] Valid =
    [
        "https://x/?w=1", "https://adb-1.2.azuredatabricks.net/?o=12&a=3", "http://localhost:8080/path", "x.example:443",
        "https://user:pw@x.example/#f",
        "http://[::1]:5000/?workspace_id=14",
    ];

    // What holds an address together or takes it apart, plain and encoded.
    private static readonly string[] Pieces =
    [
        "https", "http", ":", "/", "//", "\\", "?", "#", "@", "[", "]", ".", "%", "%0D%0A", "%00", "%20", "\r\n", "\n", "\t", " ", "\0",
        "é", "\u2028",
        "w=", "o=", "a=", "&", "=", "localhost", "127.0.0.1", "9", "\uFEFF", "xn--",
    ];

    [Fact]
    public Task A_token_goes_to_a_sound_host_with_sound_headers_or_nowhere() => FuzzRun.RunAsync(Valid, Mutate, Read);

    private static byte[] Mutate(byte[] sound, Random random)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(sound));
        for (var i = random.Next(1, 6); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            if (random.Next(3) == 0)
            {
                text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
            }
            else
            {
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Task Read(byte[] input)
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", Encoding.UTF8.GetString(input)).With("DATABRICKS_TOKEN", "t");
        RequestAuthenticator authenticator;
        try
        {
            authenticator = RequestAuthenticator.For(new DatabricksServingOptions(), machine);
        }
        catch (DatabricksCredentialException failure)
        {
            Assert.DoesNotContain(failure.Message, char.IsControl);
            return Task.CompletedTask;
        }

        var host = authenticator.Host!;
        Assert.True(host.Scheme == "https" || (host.Scheme == "http" && host.IsLoopback));
        Assert.DoesNotContain(host.Host.TrimEnd('.'), new[] { "", "http", "https" });
        Assert.DoesNotContain(host.AbsoluteUri, c => !char.IsAscii(c) || char.IsControl(c) || c is '@' or '?' or '#' or ' ');
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host, "/x"));
        authenticator.Authorize(request, new DatabricksAccessToken("t"));
        Assert.All(
            request.Headers.NonValidated, header => Assert.DoesNotContain(header.Value.ToString(), c => c is <= ' ' or > '~' && c != ' '));
        return Task.CompletedTask;
    }
}
