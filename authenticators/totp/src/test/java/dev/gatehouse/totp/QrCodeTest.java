// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class QrCodeTest {

    private static final int PIXELS_A_MODULE = 4;
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z");

    /** What a phone would read off the page. */
    private static String read(QrCode code) throws ReaderException {
        int side = code.size() * PIXELS_A_MODULE;
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, 0xffffff);
        Matcher run = RUN.matcher(code.path());
        while (run.find()) {
            int x = Integer.parseInt(run.group(1)) * PIXELS_A_MODULE;
            int y = Integer.parseInt(run.group(2)) * PIXELS_A_MODULE;
            int width = Integer.parseInt(run.group(3)) * PIXELS_A_MODULE;
            for (int row = y; row < y + PIXELS_A_MODULE; row++) {
                Arrays.fill(pixels, row * side + x, row * side + x + width, 0);
            }
        }
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels))))
                .getText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth://totp/Example:pat@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example&digits=6",
                "a",
                "Gatehouse für alle: 門"
            })
    void aPhoneReadsWhatItSpells(String text) throws ReaderException {
        assertThat(read(QrCode.of(text))).isEqualTo(text);
    }

    @Test
    void thePathHasNothingButRunsAndTheZoneAroundItIsQuiet() {
        QrCode code = QrCode.of("x".repeat(400));

        assertThat(RUN.matcher(code.path()).replaceAll("")).isEmpty();
        assertThat(RUN.matcher(code.path()).results()).allSatisfy(run -> {
            int x = Integer.parseInt(run.group(1));
            assertThat(x).isGreaterThanOrEqualTo(4);
            assertThat(Integer.parseInt(run.group(2))).isBetween(4, code.size() - 5);
            assertThat(x + Integer.parseInt(run.group(3))).isLessThanOrEqualTo(code.size() - 4);
        });
    }

    @Test
    void itNeverShowsInATextWhatItSpells() {
        assertThat(QrCode.of("secret").toString()).isEqualTo("QrCode[redacted]");
    }
}
