using System.IO.Compression;
using System.Text;
using Connectors.Databricks.Emulator.Behaviors;

namespace Connectors.Databricks.Emulator.Faults;

/// <summary>Faults that are valid HTTP with invalid content.</summary>
internal static class CorruptedContent
{
    private const int Brackets = 100_000;

    /// <returns>The changed response; null when the fault is of another kind.</returns>
    public static BufferedResponse? Apply(EmulatedFault fault, BufferedResponse answer) => fault switch
    {
        EmulatedFault.HugeHeader => answer.With("x-padding", new string('p', 128 * 1024)),
        EmulatedFault.TruncatedGzip => (answer with { Body = Half(Zipped(answer.Body)) }).With("content-encoding", "gzip"),
        EmulatedFault.FalseGzip => answer.With("content-encoding", "gzip"),
        EmulatedFault.WrongContentType => answer.With("content-type", "text/plain"),
        EmulatedFault.HtmlPage => Page(answer),
        EmulatedFault.EmptyBody => answer with { Body = [] },
        EmulatedFault.NoContent => answer with { Status = 204, Body = [] },
        EmulatedFault.TruncatedJson => answer with { Body = answer.Body[..(answer.Body.Length * 2 / 3)] },
        EmulatedFault.GarbageJson => answer with { Body = InMiddle(answer, part => Inserted(part, part.Length / 2, "\u0001]}{\u0002")) },
        EmulatedFault.InvalidUtf8 => answer with { Body = InMiddle(answer, WithoutUtf8) },
        EmulatedFault.DeepJson => answer with { Body = InMiddle(answer, _ => Deep(answer.IsStream)) },
        EmulatedFault.DuplicatedEvents => answer with { Body = [.. answer.Parts().SelectMany(part => (byte[])[.. part, .. part])] },
        EmulatedFault.ErrorInOkBody => answer with { Body = InMiddle(answer, _ => Error(answer.IsStream)) },
        _ => null,
    };

    private static BufferedResponse Page(BufferedResponse answer)
    {
        var page = FailureResponses.LoginPage(200);
        return (answer with { Status = 200, Body = page.Body }).With("content-type", page.ContentType);
    }

    private static byte[] Zipped(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
        {
            gzip.Write(body);
        }

        return zipped.ToArray();
    }

    private static byte[] Half(byte[] bytes) => bytes[..(bytes.Length / 2)];

    /// <summary>Changes the middle event of a stream, or the whole document.</summary>
    private static byte[] InMiddle(BufferedResponse answer, Func<byte[], byte[]> change)
    {
        var parts = answer.Parts();
        return [.. parts.SelectMany((part, index) => index == parts.Count / 2 ? change(part) : part)];
    }

    private static byte[] WithoutUtf8(byte[] part)
    {
        var content = part.AsSpan().IndexOf("\"content\":\""u8);
        var text = content >= 0 ? content + "\"content\":\"".Length : Math.Max(part.AsSpan().IndexOf(":\""u8), 0) + 2;
        return [.. part[..text], 0xC3, 0x28, 0xFF, .. part[text..]];
    }

    private static byte[] Inserted(byte[] part, int position, string garbage) =>
        [.. part[..position], .. Encoding.UTF8.GetBytes(garbage), .. part[position..]];

    private static byte[] Deep(bool isEvent)
    {
        var json = $"{{\"choices\":{new string('[', Brackets)}{new string(']', Brackets)}}}";
        return Encoding.UTF8.GetBytes(isEvent ? $"data: {json}\n\n" : json);
    }

    private static byte[] Error(bool isEvent)
    {
        var error = FailureResponses.InStream(StreamErrorShape.OpenAI, "INTERNAL_ERROR", "The model stopped unexpectedly.");
        return Encoding.UTF8.GetBytes(isEvent ? $"data: {error.Data}\n\n" : error.Data);
    }
}
